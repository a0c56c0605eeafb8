"""Documents 文书: what goes out (公文, tables, bundles) and what comes in (uploads, clerks' spreadsheets, Word drafts).

The room knows no congress and no matter: it turns values into files and files into values.
"""
