#!/usr/bin/env python3
"""Writes sign_vectors.json beside itself: requests, and the Authorization that botocore computes for them.

Needs botocore. Run it again when a request is added; the file is committed, so that the tests need no Python.
"""
import datetime
import json
import pathlib
from unittest import mock

import botocore
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "FwoGZXIvYXdzEXAMPLE//////////+token/with=signs=="
SQS = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage"}
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}

# name, service, region, time, method, url, header fields, body, session token
CASES = [
    ("send a message", "sqs", "eu-west-1", "2025-03-01T00:00:00", "POST", "https://sqs.eu-west-1.amazonaws.com/",
     SQS, '{"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/1/jobs","MessageBody":"eyJpZCI6ICIxIn0="}', None),
    ("with a session token", "sqs", "us-east-1", "2024-02-29T23:59:59", "POST", "https://sqs.us-east-1.amazonaws.com/",
     SQS, "{}", TOKEN),
    ("to a port of its own", "sqs", "us-east-1", "2030-12-31T12:00:01", "POST", "http://127.0.0.1:4577/", SQS, "{}",
     None),
    ("to an IPv6 address", "sqs", "us-east-1", "2030-12-31T12:00:01", "POST", "http://[::1]:4577/", SQS, "{}", None),
    ("not ASCII", "sqs", "eu-central-1", "1999-12-31T23:59:59", "POST", "https://sqs.eu-central-1.amazonaws.com/", SQS,
     '{"MessageBody":"käse ☃ 𝄞"}', None),
    ("assume a role", "sts", "us-east-1", "2025-07-04T01:02:03", "POST", "https://sts.amazonaws.com/", FORM,
     "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fx&RoleSessionName=a", TOKEN),
    ("a query", "sts", "us-east-1", "2025-07-04T01:02:03", "GET",
     "https://sts.amazonaws.com/?Version=2011-06-15&Action=GetCallerIdentity", {}, "", None),
    ("an escaped path", "execute-api", "us-west-2", "2025-07-04T01:02:03", "PUT",
     "https://example.com/a%20b/%C3%BC~/c%2Fd/?b=%2B&a=%20x&a=", {"X-My": "  two   blanks  "}, "payload", None),
]


def signed(service, region, time, method, url, headers, body, token):
    request = AWSRequest(method=method, url=url, headers=headers, data=body.encode())
    now = datetime.datetime.fromisoformat(time)
    with mock.patch("botocore.auth.get_current_datetime", return_value=now):
        SigV4Auth(Credentials(KEY, SECRET, token), service, region).add_auth(request)
    return request.headers["Authorization"]


vectors = []
for name, service, region, time, method, url, headers, body, token in CASES:
    vectors.append({
        "name": name, "service": service, "region": region, "time": time + "Z", "method": method, "url": url,
        "headers": headers, "body": body, "sessionToken": token,
        "authorization": signed(service, region, time, method, url, headers, body, token),
    })
document = {"madeWith": f"botocore {botocore.__version__}", "key": KEY, "secret": SECRET, "vectors": vectors}
target = pathlib.Path(__file__).with_name("sign_vectors.json")
target.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
