import { randomUUID } from 'node:crypto'

/** Registers a user; gives an access token. */
export async function logInAsNewUser(url: string): Promise<string> {
  const email = `fuzz-${randomUUID()}@example.com`
  const password = 'Correct-horse-9'
  const headers = { 'Content-Type': 'application/json' }
  const registered = await fetch(`${url}/register`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  })
  if (!registered.ok) throw new Error(`register: ${registered.status} ${await registered.text()}`)
  const credentials = Buffer.from(`${email}:${password}`).toString('base64')
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    headers: { Authorization: `Basic ${credentials}`, Accept: 'text/plain' },
  })
  if (!answer.ok) throw new Error(`log in: ${answer.status} ${await answer.text()}`)
  return await answer.text()
}
