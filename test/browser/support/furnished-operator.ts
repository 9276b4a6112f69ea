import assert from 'node:assert/strict'
import { loginAs } from '../../support/session.ts'
import { makeAdmin, newPerson, type Person } from './people.ts'
import type { World } from './world.ts'

/** Somebody for whom every view has something to show. */
export interface Furnished extends Person {
  /** Id of a webhook. */
  webhookId: string
}

/** An operator with a finished file, a damaged one and one that failed, an API key, and a webhook with deliveries. */
export async function furnishedOperator(world: World): Promise<Furnished> {
  const person = await newPerson(world)
  await makeAdmin(world, person)
  const { ask, upload, untilState } = await loginAs(person.email, world.origin)
  const create = async (path: string, body: object) => {
    const json = ['-H', 'Content-Type: application/json', '-d', JSON.stringify(body)]
    const answer = await ask(path, '-X', 'POST', ...json)
    assert.equal(answer.status, 201, answer.body)
    return JSON.parse(answer.body) as { id: string }
  }
  const description = 'The archive of the choir'
  const { id: webhookId } = await create('/account/webhooks', {
    url: 'https://hooks.invalid/audio',
    description,
  })
  await create('/account/api-keys', { name: 'Backup of the recordings', scopes: ['jobs:read', 'files:read'] })
  for (const file of [world.broken, world.damaged, world.song]) {
    const { id } = await upload(file)
    await untilState(id, 'completed', 'failed')
  }
  return { ...person, webhookId }
}
