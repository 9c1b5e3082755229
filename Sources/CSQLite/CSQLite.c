#include "CSQLite.h"
#include <sqlite3.h>

int assay_hold_statement_journals(int bytes) {
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}
