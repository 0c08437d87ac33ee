#ifndef SQJOBS_CLIBPQ_SHIM_H
#define SQJOBS_CLIBPQ_SHIM_H

/* Debian keeps the header in a folder of its own. */
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

#ifndef LIBPQ_HAS_PIPELINING
#error "SQJobs needs libpq 14 or newer: older ones have no pipeline mode"
#endif

/* How Linux waits for many sockets; Swift's own modules of the C library leave it out. */
#ifdef __linux__
#include <sys/epoll.h>
#endif

#endif
