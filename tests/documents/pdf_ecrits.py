"""PDF whose words are known, to be hidden and looked for."""

import io

import pikepdf


def pdf(*pages: str, annotation: dict | None = None, xmp: bytes = b"", titre: str = "", **racine: object) -> bytes:
    """One page a text, in Helvetica; each line of a text is a line of the page."""
    with pikepdf.new() as document:
        for texte in pages:
            page = document.add_blank_page(page_size=(400, 300))
            page.obj.Resources = pikepdf.Dictionary(
                Font=pikepdf.Dictionary(
                    F1=document.make_indirect(
                        pikepdf.Dictionary(
                            Type=pikepdf.Name.Font,
                            Subtype=pikepdf.Name.Type1,
                            BaseFont=pikepdf.Name.Helvetica,
                            Encoding=pikepdf.Name.WinAnsiEncoding,
                        )
                    )
                )
            )
            lignes = "".join(f"({ligne}) Tj 0 -20 Td " for ligne in texte.split("\n"))
            page.obj.Contents = document.make_stream(f"BT /F1 14 Tf 40 250 Td {lignes} ET".encode("cp1252"))
        if annotation:
            document.pages[0].obj.Annots = pikepdf.Array(
                [
                    document.make_indirect(
                        pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[10, 10, 90, 40], **annotation)
                    )
                ]
            )
            if "FT" in annotation:
                document.Root.AcroForm = pikepdf.Dictionary(Fields=document.pages[0].obj.Annots)
        if xmp:
            document.Root.Metadata = document.make_stream(xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        if titre:
            document.docinfo["/Title"] = titre
        for cle, valeur in racine.items():
            document.Root[f"/{cle}"] = valeur
        sortie = io.BytesIO()
        document.save(sortie)
        return sortie.getvalue()
