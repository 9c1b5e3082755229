#ifndef ASSAY_CFILES_H
#define ASSAY_CFILES_H

/* Makes two files or folders change places in one step (Linux renameat2 with RENAME_EXCHANGE).
   Returns 0, or the error number. */
int assay_exchange(const char *first, const char *second);

/* Waits until everything that was written on the disk of a folder is there (Linux syncfs). Returns 0, or the error number. */
int assay_settle(const char *folder);

#endif
