import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import { EmailsModule } from './emails.module.ts'
import { EmailsService } from './emails.service.ts'

const app = await NestFactory.createApplicationContext(EmailsModule)
// On SIGTERM the worker takes no further jobs, and ends those that run; then everything is closed.
app.enableShutdownHooks()
await app.get(EmailsService).digest(['ada@example.com', 'bob@example.com'])
