"""« Que faire ? »: the decision tree of a fiche, and who may speak under which derogation. Pure: knows no table."""
