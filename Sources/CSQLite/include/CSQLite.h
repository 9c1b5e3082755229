#ifndef ASSAY_CSQLITE_H
#define ASSAY_CSQLITE_H

/* Up to how many bytes SQLite holds what one statement would have to take back in memory, instead of in a temporary file.
   It holds for all connections that are opened later, and must come before the first. Returns SQLite's result code. */
int assay_hold_statement_journals(int bytes);

#endif
