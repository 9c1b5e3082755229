#define _GNU_SOURCE
#include "CLoopback.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int assay_listen(uint16_t port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0) return -errno;
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 64) != 0) {
        int error = errno;
        close(listener);
        return -error;
    }
    return listener;
}

uint16_t assay_port(int listener) {
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    return getsockname(listener, (struct sockaddr *)&address, &size) == 0 ? ntohs(address.sin_port) : 0;
}

int assay_next(int listener, int milliseconds) {
    struct pollfd waiting = {.fd = listener, .events = POLLIN};
    if (poll(&waiting, 1, milliseconds) <= 0) return -1;
    int connection = accept4(listener, 0, 0, SOCK_CLOEXEC);
    struct timeval patience = {.tv_sec = 5};
    if (connection >= 0) {
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    }
    return connection;
}

long assay_receive(int connection, void *bytes, size_t most) { return recv(connection, bytes, most, 0); }

int assay_send(int connection, const void *bytes, size_t count) {
    const char *rest = bytes;
    while (count > 0) {
        ssize_t sent = send(connection, rest, count, MSG_NOSIGNAL);
        if (sent < 0) return errno;
        rest += sent;
        count -= (size_t)sent;
    }
    return 0;
}

void assay_close(int descriptor) { close(descriptor); }
