"""An SQS server for one test alone, which may stop it and start it again: what it held is there again.

    own_server.py port                prints a port that is free
    own_server.py user ENDPOINT       prints the access key and the secret key of a user made there
    own_server.py run PORT FOLDER     runs the server, whose data are kept in the folder while it is stopped
"""
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys

PR_SET_PDEATHSIG = 1


def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        print(probe.getsockname()[1])


def user(endpoint):
    import botocore.session

    iam = botocore.session.Session().create_client(
        "iam", region_name="us-east-1", endpoint_url=endpoint, aws_access_key_id="test", aws_secret_access_key="test")
    iam.create_user(UserName="own")
    statement = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_user_policy(UserName="own", PolicyName="sqs", PolicyDocument=policy)
    key = iam.create_access_key(UserName="own")["AccessKey"]
    print(key["AccessKeyId"], key["SecretAccessKey"])


def prepare():
    """Unblocks signals in the server, and lets the kernel end it when this process is killed (Linux only).

    The threads of a pool, from which tests start processes, block all signals, and whoever they start inherits that.
    """
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def run(port, folder):
    settings = {
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": port,
        "AUTH": "true",
        "TMPDIR": folder,
        "PERSIST_STATE": "1",
        "STATE_DIR": f"{folder}/state",
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    server = subprocess.Popen(
        [sys.executable, "-m", "ministack"], env=inherited | settings, preexec_fn=prepare)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    test = os.getppid()
    while True:
        try:
            sys.exit(server.wait(timeout=1))
        except subprocess.TimeoutExpired:
            if os.getppid() != test:
                server.kill()


{"port": port, "user": user, "run": run}[sys.argv[1]](*sys.argv[2:])
