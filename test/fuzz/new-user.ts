import { password, register } from '../support/session.ts'

/** Registers a user; gives an access token. */
export async function logInAsNewUser(url: string): Promise<string> {
  const email = await register(url)
  const credentials = Buffer.from(`${email}:${password}`).toString('base64')
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    headers: { Authorization: `Basic ${credentials}`, Accept: 'text/plain' },
  })
  if (!answer.ok) throw new Error(`log in: ${answer.status} ${await answer.text()}`)
  return await answer.text()
}
