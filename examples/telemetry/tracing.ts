// Traces of this process. In an application of your own the exporter is that of your collector.
import { ConsoleSpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { BullMQOtel } from 'bullmq-otel'

export const provider = new NodeTracerProvider({
  spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())],
})
provider.register()

/** For the option `telemetry` of queues and workers. */
export const telemetry = new BullMQOtel({ tracerName: 'emails' })
