// Package sheet reads and writes spreadsheets: .xlsx, .xlsm, .csv, .tsv, .txt.
//
// Open looks at a file and answers with a Book: its sheets, and for text files
// the encoding and delimiter found. Book.Rows streams one sheet as Rows of
// typed Cells. A Cell keeps its Text exactly as stored and a canonical Value:
// a plain decimal, an ISO date, "true" or "false". Cells of a text file are all
// text; Numbers and Dates then decide over a whole column whether 1.234 is a
// thousand and whether 03/04 is in March, or say that only a person can know.
// GuessHeader finds the row of titles. WriteXLSX and WriteCSV write Tables.
//
// Files come from strangers. Nothing is parsed in the process of the caller:
// Open and Rows start the same program again as a child (see Worker), which is
// killed when it takes too much memory or stops making progress, and whose end,
// however it comes, is a clear fault. Before parsing, a gate looks at the zip
// directory. No part of a workbook is held in memory but its shared strings.
//
// The rows of a workbook are read by the package's own scanner: excelize's row
// iterator gives neither the type nor the style of a cell, so a text "1", the
// number 1 and TRUE look alike, and it ends silently where the XML is broken.
// Excelize decrypts workbooks and writes them.
//
// What the package does not do: .xls, .ods and .xlsb are recognised and
// refused; formulas are not computed, the value stored with them is read.
package sheet
