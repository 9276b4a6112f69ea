import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startAuthService } from '../support/auth-service.ts'
import { type Browser, openBrowser } from '../support/browser.ts'
import { storeResult } from '../support/conversions.ts'
import { startTestGateway } from '../support/test-gateway.ts'

const ada = { email: 'ada@example.com', password: 'Correct-horse-9' }

/** A browser that does not know Sec-Fetch-Site, as over plain HTTP. */
const old = { 'Sec-Fetch-Site': '' }

const sendForm = (browser: Browser, path: string, fields: Record<string, string> = {}, headers = {}) =>
  browser.send('POST', path, { body: new URLSearchParams(fields), headers: { ...old, ...headers } })

const videoForm = (fields: Record<string, string> = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new File(['video'], '<b>holiday.mp4', { type: 'video/mp4' }))
  return form
}

test('without JavaScript somebody signs in, uploads, downloads and signs out', async t => {
  const auth = await startAuthService(t, { GUESTS: 'on' })
  const gateway = await startTestGateway(t, { AUTH_URL: auth.url, MAX_STORED_BYTES_PER_USER: 1_000 })
  const headers = { 'Content-Type': 'application/json' }
  await gateway.request('/register', { method: 'POST', headers, body: JSON.stringify(ada) })
  const browser = openBrowser(gateway)
  const page = async () => {
    const response = await browser.send('GET', '/plain')
    assert.equal(response.status, 200)
    assert.match(
      response.headers.get('Content-Security-Policy') ?? '',
      /^default-src 'none'; style-src 'sha256-/,
    )
    // With no referrer the browser would send the origin "null" with the form.
    assert.equal(response.headers.get('Referrer-Policy'), 'same-origin')
    assert.equal(response.headers.get('Cache-Control'), 'no-store')
    const text = await response.text()
    assert.doesNotMatch(text, /<script| on\w+=| style=/)
    return text
  }
  assert.match(await page(), /action="\/plain\/sign-in"[\s\S]*Try without an account/)

  const wrong = await sendForm(browser, '/plain/sign-in', { ...ada, password: 'wrong-Password-1' })
  assert.equal(wrong.status, 401)
  assert.match(
    await wrong.text(),
    /role="alert">E-mail address or password is wrong\.[\s\S]*action="\/plain\/sign-in"/,
  )
  assert.equal((await sendForm(browser, '/plain/sign-in')).status, 401)
  const signedIn = await sendForm(browser, '/plain/sign-in', ada)
  assert.deepEqual([signedIn.status, signedIn.headers.get('Location')], [303, '/plain'])
  assert.match(await page(), /signed in as ada@example\.com/)

  const upload = (form: FormData, given: Record<string, string> = {}) =>
    browser.send('POST', '/plain/upload', { body: form, headers: { ...old, ...given } })
  const options = { format: 'opus', bitrate: '', start: ' 1 ', end: '', normalize: '' }
  const uploaded = await upload(videoForm(options))
  assert.deepEqual([uploaded.status, uploaded.headers.get('Location')], [303, '/plain'])
  const text = await page()
  assert.match(text, /&lt;b&gt;holiday\.mp4<\/strong><br>Waits for its turn\./)
  const { jobs } = (await (await browser.send('GET', '/jobs')).json()) as { jobs: { id: string }[] }
  const [job = { id: '' }] = jobs
  const details = (await (await browser.send('GET', `/jobs/${job.id}`)).json()) as { options: object }
  assert.deepEqual(details.options, {
    ...{ format: 'opus', start: 1, normalize: false, tags: 'keep', cover: 'keep', onDamage: 'deliver' },
  })
  await storeResult(gateway, job.id, 'bytes of audio', 'holiday.opus')
  const [, link = ''] =
    /<a href="(\/jobs\/[^"]+\/audio)">Download holiday\.opus<\/a>/.exec(await page()) ?? []
  assert.equal(await (await browser.send('GET', link)).text(), 'bytes of audio')

  const german = await upload(new FormData(), { 'Accept-Language': 'de' })
  assert.match(await german.text(), /<p>Wählen Sie zuerst eine Datei\.<\/p>\s*<p><a href="\/plain">Zurück</)
  // What goes wrong is told in words.
  for (const [given, status, words] of [
    [videoForm({ bitrate: 'loud' }), 422, /bitrate/],
    [videoForm({ format: 'flac', bitrate: '192' }), 422, /flac has no bit rate/],
    [new FormData(), 422, /file/],
  ] as const) {
    const response = await upload(given)
    assert.equal(response.status, status)
    assert.match(response.headers.get('Content-Type') ?? '', /^text\/html/)
    assert.match(await response.text(), words)
  }
  // No other site sends the forms.
  const others: Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'https://eve.example' },
    { Origin: 'null' },
  ]
  for (const elsewhere of others) {
    assert.equal((await upload(videoForm(), elsewhere)).status, 403)
    for (const path of ['/plain/sign-in', '/plain/sign-out', '/plain/guest']) {
      const response = await sendForm(browser, path, ada, elsewhere)
      assert.deepEqual([response.status, response.headers.get('Set-Cookie')], [403, null])
      assert.match(await response.text(), /not from a page of this service/)
    }
  }
  assert.equal((await sendForm(browser, '/plain/upload', ada)).status, 415)
  assert.equal(((await (await browser.send('GET', '/jobs')).json()) as { jobs: unknown[] }).jobs.length, 1)

  assert.equal((await sendForm(browser, '/plain/sign-out')).status, 303)
  assert.equal(browser.cookie, undefined)
  const late = await upload(videoForm())
  assert.equal(late.status, 401)
  assert.match(await late.text(), /not signed in any more[\s\S]*action="\/plain\/sign-in"/)
  assert.equal((await sendForm(browser, '/plain/guest')).status, 303)
  assert.match(await page(), /You are a guest/)
})
