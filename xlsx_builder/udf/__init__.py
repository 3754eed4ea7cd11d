"""Functions for use inside a spreadsheet: a pure core, thin hosts for Excel and LibreOffice, and their packaging."""
