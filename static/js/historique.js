// What was posted to obtain this page would stay on the disk of a shared computer, in the browser’s list of pages to
// restore: the entry becomes an ordinary visit of the same address. First of the page, before anything is awaited: the
// browser may write that list at any moment.
history.replaceState(history.state, "");
