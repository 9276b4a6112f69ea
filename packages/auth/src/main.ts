import { runService } from '@jackalope/service-kit'
import { authConfig } from './auth-config.ts'
import { startAuth } from './start-auth.ts'

await runService({
  service: 'auth',
  env: process.env,
  config: authConfig,
  async start(context) {
    await startAuth(context)
  },
})
