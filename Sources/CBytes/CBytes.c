/* Everything is in the header, so that Swift can inline it; the file makes this folder a C target. */
#include "CBytes.h"
