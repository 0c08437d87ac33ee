#!/usr/bin/env python3
"""Makes an IAM user who may use SQS on a local AWS server, and prints what the tests want to know about it.

    eval "$(sqs-user.py http://127.0.0.1:4577)"

A local server that checks signatures does not check those of its own root key, so the tests need a user. Needs
botocore. The user is made anew each time: the server forgets its users when it stops.
"""
import json
import shlex
import sys
import uuid

import botocore.session


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: sqs-user.py ENDPOINT")
    endpoint = sys.argv[1]
    iam = botocore.session.Session().create_client(
        "iam", region_name="us-east-1", endpoint_url=endpoint, aws_access_key_id="test", aws_secret_access_key="test")
    name = f"sqjobs-{uuid.uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    everything = {"Effect": "Allow", "Action": ["sqs:*", "sts:*"], "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [everything]}
    iam.put_user_policy(UserName=name, PolicyName="sqs", PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    for variable, value in [
        ("SQJOBS_TEST_SQS_ENDPOINT", endpoint),
        ("SQJOBS_TEST_SQS_ACCESS_KEY", key["AccessKeyId"]),
        ("SQJOBS_TEST_SQS_SECRET_KEY", key["SecretAccessKey"]),
    ]:
        print(f"export {variable}={shlex.quote(value)}")


main()
