"""BullMQ's Python client as a producer: it records jobs in Redis, and a worker of worker-kit publishes and runs them."""

import asyncio
import os

from bullmq import FlowProducer, Queue

options = {"connection": os.environ.get("REDIS_URL", "redis://localhost"), "prefix": os.environ.get("PREFIX", "bull")}


async def main():
    queue = Queue("emails", options)
    welcome = await queue.add("welcome", {"to": "ada@example.com"})
    print(welcome.id)
    jobs = await queue.addBulk([{"name": "welcome", "data": {"to": f"{n}@example.com"}} for n in range(20)])
    for job in jobs:
        print(job.id)
    # Retries, delays and priorities are options of the job, as in Node.js.
    retried = await queue.add("welcome", {"to": "greylisted@example.com"}, {"attempts": 3, "backoff": 50})
    delayed = await queue.add("welcome", {"to": "later@example.com"}, {"delay": 500})
    urgent = await queue.add("welcome", {"to": "urgent@example.com"}, {"priority": 1})
    for job in [retried, delayed, urgent]:
        print(job.id)
    await queue.close()

    flows = FlowProducer(options["connection"], {"prefix": options["prefix"]})
    child = {"name": "welcome", "queueName": "emails", "data": {"to": "bob@example.com"}}
    flow = await flows.add({"name": "digest", "queueName": "emails", "data": {}, "children": [child]})
    print(flow["job"].id)
    await flows.close()


asyncio.run(main())
