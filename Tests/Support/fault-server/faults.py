"""What can be done to a request, one function a fault.

Each is given the exchange and returns whether it struck; the exchange's `forward` carries the request out upstream.
"""

import asyncio
import json

from http_wire import Message, answer

SECONDS_UNTIL_EXPIRED = 2
"""A long poll is under way for this long before its credentials turn out to have expired."""


def error(status: str, name: str, text: str, *headers: str) -> Message:
    return answer(status, json.dumps({"__type": name, "message": text}).encode(), *headers)


async def throttle_400(exchange) -> bool:
    await exchange.respond(error("400 Bad Request", "com.amazonaws.sqs#ThrottlingException", "Rate exceeded"))
    return True


async def throttle_403(exchange) -> bool:
    header = "x-amzn-query-error: RequestThrottled;Sender"
    text = "Request is throttled."
    await exchange.respond(error("403 Forbidden", "com.amazonaws.sqs#RequestThrottled", text, header))
    return True


async def internal_error(exchange) -> bool:
    text = "We encountered an internal error."
    await exchange.respond(error("500 Internal Server Error", "com.amazonaws.sqs#InternalError", text))
    return True


async def unavailable(exchange) -> bool:
    """As a load balancer says it: no JSON, no type."""
    await exchange.respond(answer("503 Service Unavailable", b"<html><body>Service Unavailable</body></html>"))
    return True


async def reset_before_read(exchange) -> bool:
    exchange.reset()
    return True


async def reset_after_forward(exchange) -> bool:
    await exchange.forward()
    exchange.reset()
    return True


async def half_body(exchange) -> bool:
    response = await exchange.forward()
    whole = response.encoded()
    await exchange.send(whole[: len(whole) - (len(response.body) + 1) // 2])
    exchange.close()
    return True


async def silence(exchange) -> bool:
    await exchange.client_is_gone()
    return True


async def wrong_md5(exchange) -> bool:
    response = await exchange.forward()
    content = json.loads(response.body or b"{}")
    for entry in [*content.get("Messages", []), *content.get("Successful", []), content]:
        name = next((name for name in ("MD5OfBody", "MD5OfMessageBody") if name in entry), None)
        if name:
            entry[name] = "0" * 32
            await exchange.respond(response.replacing_body(json.dumps(content).encode()))
            return True
    await exchange.respond(response)
    return False


async def partial_failure(exchange) -> bool:
    """The first entry of a batch is not carried out; the others are."""
    content = exchange.content()
    if not content.get("Entries"):
        await exchange.respond(await exchange.forward())
        return False
    failed, *others = content["Entries"]
    result = {}
    if others:
        response = await exchange.forward_as_root(content | {"Entries": others})
        result = json.loads(response.body)
    failure = {
        "Id": failed["Id"],
        "Code": "InternalError",
        "Message": "The entry could not be carried out.",
        "SenderFault": False,
    }
    result = {"Successful": result.get("Successful", []), "Failed": [failure, *result.get("Failed", [])]}
    await exchange.respond(answer("200 OK", json.dumps(result).encode()))
    return True


async def expired_credentials(exchange) -> bool:
    if int(exchange.content().get("WaitTimeSeconds", 0)) > 0:
        await asyncio.sleep(SECONDS_UNTIL_EXPIRED)
    text = "The security token included in the request is expired"
    await exchange.respond(error("400 Bad Request", "com.amazon.coral.service#ExpiredTokenException", text))
    return True


async def duplicate_message(exchange) -> bool:
    """The first message of this answer makes up the whole answer to the queue's next receive as well."""
    response = await exchange.forward()
    messages = json.loads(response.body or b"{}").get("Messages") or []
    if messages:
        exchange.repeat_at_next_receive(messages[0])
    await exchange.respond(response)
    return bool(messages)


async def delay(exchange, milliseconds: str) -> bool:
    await asyncio.sleep(int(milliseconds) / 1000)
    await exchange.respond(await exchange.forward())
    return True


ALL = {
    "throttle-400": throttle_400,
    "throttle-403": throttle_403,
    "500": internal_error,
    "503": unavailable,
    "reset-before-read": reset_before_read,
    "reset-after-forward": reset_after_forward,
    "half-body": half_body,
    "silence": silence,
    "wrong-md5": wrong_md5,
    "partial-failure": partial_failure,
    "expired-credentials": expired_credentials,
    "duplicate-message": duplicate_message,
    "delay": delay,
}
"""By the name that a plan uses; what follows a colon there (`delay:250`) is the function's argument."""


def is_known(fault: str) -> bool:
    name, colon, argument = fault.partition(":")
    return name in ALL and (argument.isdigit() if name == "delay" else not colon)


async def strike(fault: str, exchange) -> bool:
    name, _, argument = fault.partition(":")
    return await ALL[name](exchange, *filter(None, [argument]))
