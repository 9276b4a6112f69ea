"""A producer that knows AMQP and docs/message-format.md, and nothing else: publishes jobs, some of them twice."""

import json
import sys

import pika

url, queue, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
connection = pika.BlockingConnection(pika.URLParameters(url))
channel = connection.channel()
channel.confirm_delivery()


def publish(message_id, body, **properties):
    channel.basic_publish(
        exchange="",
        routing_key=queue,
        body=body if isinstance(body, bytes) else json.dumps(body),
        properties=pika.BasicProperties(
            message_id=message_id, delivery_mode=2, content_type="application/json", **properties
        ),
        mandatory=True,
    )


for n in range(count):
    job = {"name": "greet", "data": {"n": n, "to": "Adélaïde", "price": 1.5}, "opts": {"attempts": 3, "backoff": 10}}
    publish(f"python-{n}", job)
    if n % 5 == 0:
        publish(f"python-{n}", job)
publish("python-typed", {"data": [1, None, True]}, type="typed")
publish("python-broken", b"{'single': 'quotes'}")
connection.close()
