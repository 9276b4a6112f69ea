import { CliError } from '../cli-error.ts'
import type { Command, CommandContext } from '../command.ts'
import { runScript } from '../run-script.ts'
import { findRunningUp } from '../system/system-record.ts'

/** Runs a command of worker-kit's command line, which checks the arguments. */
export function queueCommand(name: string): Command {
  return {
    async run(args, context) {
      const env = { ...context.env, ...(await findAddresses(name, args, context)) }
      const main = 'packages/worker-kit/src/command-line/main.ts'
      return await runScript(main, [name, ...args], { ...context, env }, { stdio: 'inherit' })
    },
  }
}

/** The addresses of the running system take precedence: a job must not be replayed to another broker. */
async function findAddresses(name: string, args: string[], { project, env }: CommandContext) {
  const running = await findRunningUp(project)
  if (running) {
    const { AMQP_URL, REDIS_URL } = running.addresses
    return { AMQP_URL, REDIS_URL }
  }
  const needsNone = args.some(arg => /^(-h|--help|--amqp-url(=.*)?)$/.test(arg))
  if (!env.AMQP_URL && !needsNone)
    throw new CliError(
      `${name}: nothing is running: ./jackalope up starts it; or give AMQP_URL and REDIS_URL of another system`,
    )
  return {}
}
