#!/usr/bin/env python3
"""Puts a job on a queue of SQS, as a Python or a PHP producer does.

    enqueue.py my_queue adder_job 1 2 3            a Python producer's message
    enqueue.py my_queue --php adder_job 1 2 3      one made the PHP way: no id, and [] for no keywords
    php payload.php adder_job 1 2 3 | enqueue.py my_queue -     a body that something else made

Needs boto3; where SQS is, and who one is there, comes from AWS's own variables.
"""
import base64
import json
import sys
import uuid

import boto3


def body(name, args, like_php):
    if like_php:
        payload = {"name": name, "args": args, "kwargs": []}
    else:
        payload = {"id": str(uuid.uuid4()), "name": name, "args": args, "kwargs": {}}
    return base64.b64encode(json.dumps(payload).encode()).decode()


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    queue, *rest = sys.argv[1:]
    like_php = rest[0] == "--php"
    name, *args = rest[1:] if like_php else rest
    text = sys.stdin.read().strip() if name == "-" else body(name, [json.loads(arg) for arg in args], like_php)
    sqs = boto3.client("sqs")
    sqs.send_message(QueueUrl=sqs.get_queue_url(QueueName=queue)["QueueUrl"], MessageBody=text)


main()
