"""A `credential_process`: prints a temporary key that is a new one each time, and notes in a file that it did.

    fresh_key.py FILE

Where the server is, and whose key it is that the temporary one stands for, comes from SQJOBS_TEST_SQS_ variables.
"""
import json
import os
import sys

import botocore.session

sts = botocore.session.Session().create_client(
    "sts",
    region_name="us-east-1",
    endpoint_url=os.environ["SQJOBS_TEST_SQS_ENDPOINT"],
    aws_access_key_id=os.environ["SQJOBS_TEST_SQS_ACCESS_KEY"],
    aws_secret_access_key=os.environ["SQJOBS_TEST_SQS_SECRET_KEY"],
)
key = sts.get_session_token(DurationSeconds=3600)["Credentials"]
with open(sys.argv[1], "a") as notes:
    notes.write(key["AccessKeyId"] + "\n")
print(json.dumps({
    "Version": 1,
    "AccessKeyId": key["AccessKeyId"],
    "SecretAccessKey": key["SecretAccessKey"],
    "SessionToken": key["SessionToken"],
    "Expiration": key["Expiration"].isoformat(),
}))
