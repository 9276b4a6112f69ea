import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { authConfig } from '../../packages/auth/src/auth-config.ts'
import { converterConfig } from '../../packages/converter/src/config.ts'
import { gatewayConfig } from '../../packages/gateway/src/gateway-config.ts'
import { notifierConfig } from '../../packages/notifier/src/config/notifier-config.ts'

const page = resolve(import.meta.dirname, '../../docs/configuration.md')

const services = {
  auth: authConfig,
  converter: converterConfig,
  gateway: gatewayConfig,
  notifier: notifierConfig,
} as const

test('the documentation names every variable that a service reads, who reads it, and no other', async () => {
  const documented = parseTables(await readFile(page, 'utf8'))
  const read = Object.entries(services).flatMap(([service, config]) =>
    Object.keys(config.shape).map(variable => `${variable} of ${service}`),
  )
  assert.deepEqual(documented.toSorted(), read.toSorted())
})

/** The rows of all tables as `VARIABLE of service`. A table of two columns names its readers in its head. */
function parseTables(text: string): string[] {
  const found: string[] = []
  let readersOfTable: string[] = []
  for (const line of text.split('\n')) {
    const [variables = '', readers, standard] = line.split('|').slice(1, -1)
    if (variables.startsWith(' variable')) readersOfTable = servicesIn(variables)
    if (!variables.startsWith(' `')) continue
    const services = standard === undefined ? readersOfTable : servicesIn(readers ?? '')
    // What follows the colon describes the variables, and may name others.
    const [names = ''] = variables.split(':')
    for (const [, name] of names.matchAll(/`([A-Z][A-Z_]+)`/g))
      found.push(...services.map(service => `${name} of ${service}`))
  }
  return found
}

/** The services that a cell names; all of them if it names none. */
function servicesIn(cell: string): string[] {
  const named = Object.keys(services).filter(service => new RegExp(`\\b${service}\\b`).test(cell))
  return named.length > 0 ? named : Object.keys(services)
}
