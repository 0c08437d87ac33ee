#ifndef BENCH_TLS_H
#define BENCH_TLS_H

/// Begins a TLS connection through libcurl, so that the process has loaded the certificate authorities. Nothing at the
/// address needs to speak TLS.
void bench_use_tls(const char *url);

#endif
