"""BullMQ's Python client as a worker. It takes its jobs from Redis, and knows nothing of RabbitMQ.

Give it a queue of its own, and add to that queue by BullMQ's own classes, without worker-kit's factory. On a queue that worker-kit
serves too, each job still runs once, but nothing wakes this worker for a job that was added on RabbitMQ, and what fails here for
good leaves no dead letter.
"""

import asyncio
import os
import signal

from bullmq import Worker

options = {"connection": os.environ.get("REDIS_URL", "redis://localhost"), "prefix": os.environ.get("PREFIX", "bull")}


async def process(job, token):
    print(job.id, flush=True)
    await job.updateProgress(50)
    if job.data.get("video") == "damaged":
        raise Exception("no picture could be taken")
    return {"pictureOf": job.data.get("video")}


async def main():
    stopped = asyncio.Event()
    for name in [signal.SIGTERM, signal.SIGINT]:
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    worker = Worker(os.environ.get("QUEUE", "thumbnails"), process, options)
    await stopped.wait()
    await worker.close()


asyncio.run(main())
