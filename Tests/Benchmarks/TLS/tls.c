#include "tls.h"

#include <curl/curl.h>

void bench_use_tls(const char *url) {
    CURL *curl = curl_easy_init();
    if (!curl) return;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 2000L);
    curl_easy_perform(curl);
    curl_easy_cleanup(curl);
}
