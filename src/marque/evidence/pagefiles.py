"""How browsers name the files of a page they save: the page, the folder of its parts, the sidecars of tools."""

MAINS = (".html", ".htm", ".xhtml", ".xht", ".shtml")
SIDECARS = (".url", ".json", ".meta")
FOLDERS = (
    "_files",
    ".files",
    "_file",
    "_data",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_bestanden",
    "_soubory",
    "_elemei",
)
