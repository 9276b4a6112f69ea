import { z } from 'zod'
import { createHttpApp, runService, serve, serviceVariables } from '../../../src/index.ts'

const behaviour = z.enum(['serve', 'fail', 'wait', 'hang', 'stray', 'crash']).default('serve')

/** A service that starts, hangs or fails as `BEHAVIOUR` says. */
await runService({
  service: 'example',
  env: process.env,
  config: z.object({ ...serviceVariables, PORT: z.coerce.number(), BEHAVIOUR: behaviour }),
  closeTimeoutMs: 500,
  async start({ config, logger, resources, shutdown }) {
    const app = createHttpApp({ logger })
    resources.defer(async () => logger.info('closed first opened'))
    resources.use(await serve(app, { host: config.HOST, port: config.PORT, logger }))
    resources.defer(async () => logger.info('closed last opened'))
    const behaviours: Record<z.infer<typeof behaviour>, () => unknown> = {
      serve: () => {},
      fail: () => {
        throw new Error('no such thing')
      },
      wait: () =>
        new Promise((_, reject) => shutdown.addEventListener('abort', () => reject(shutdown.reason))),
      hang: () => resources.defer(() => new Promise(() => {})),
      stray: () => void Promise.reject(new Error('nobody awaits me')),
      crash: () => setImmediate(() => JSON.parse('{')),
    }
    await behaviours[config.BEHAVIOUR]()
  },
})
