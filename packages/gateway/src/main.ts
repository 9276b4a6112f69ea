import { runService } from '@jackalope/service-kit'
import { gatewayConfig } from './gateway-config.ts'
import { startGateway } from './start-gateway.ts'

await runService({
  service: 'gateway',
  env: process.env,
  config: gatewayConfig,
  async start(context) {
    await startGateway(context)
  },
})
