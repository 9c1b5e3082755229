#ifndef CLOOPBACK_H
#define CLOOPBACK_H

#include <stddef.h>
#include <stdint.h>

/* A listening socket on 127.0.0.1 and nowhere else; 0 picks a free port. A negative number is an error of errno. */
int assay_listen(uint16_t port);
/* The port of a listening socket. */
uint16_t assay_port(int listener);
/* The next connection within so many milliseconds; negative where there is none. It waits at most five seconds for bytes. */
int assay_next(int listener, int milliseconds);
/* Bytes from a connection: how many, 0 at its end, negative for an error. */
long assay_receive(int connection, void *bytes, size_t most);
/* All bytes to a connection: 0, or an error of errno. */
int assay_send(int connection, const void *bytes, size_t count);
void assay_close(int descriptor);

#endif
