import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { ConfigError } from '@jackalope/service-kit'
import { checkFeatures } from '../../src/audio/check-features.ts'
import { checkTools } from '../../src/tools/check-tools.ts'

test('gives the versions of programs that work', async () => {
  const versions = await checkTools({ FFMPEG_PATH: 'ffmpeg', FFPROBE_PATH: 'ffprobe' })
  assert.match(versions.ffmpeg, /\d/)
  assert.match(versions.ffprobe, /\d/)
})

test('says which encoders an ffmpeg has not', async t => {
  const path = join(await temporaryFolder(t), 'ffmpeg')
  const program = '#!/bin/sh\necho "ffmpeg version 1"; ffmpeg "$@" | grep -v libopus'
  await writeFile(path, program, { mode: 0o755 })
  await assert.rejects(checkTools({ FFMPEG_PATH: path, FFPROBE_PATH: 'ffprobe' }), /build with libopus$/m)
})

test('says that an ffmpeg is too old for what it will be told', async t => {
  await checkFeatures('ffmpeg')
  const path = join(await temporaryFolder(t), 'ffmpeg')
  // As version 4.4 does.
  const program = `#!/bin/sh
case "$*" in *latency=*) echo "Error initializing filter 'alimiter': Option not found" >&2; exit 1;; esac
exec ffmpeg "$@"`
  await writeFile(path, program, { mode: 0o755 })
  await assert.rejects(checkFeatures(path), (error: unknown) => {
    assert.ok(error instanceof ConfigError)
    assert.match(
      error.faults[0] ?? '',
      /^FFMPEG_PATH: .*'alimiter': Option not found.*install ffmpeg 5\.0 or later$/,
    )
    return true
  })
})

test('says which are missing, all at once, and what to install', async () => {
  const missing = { FFMPEG_PATH: '/no/such/ffmpeg', FFPROBE_PATH: '/bin/false' }
  await assert.rejects(checkTools(missing), (error: unknown) => {
    assert.ok(error instanceof ConfigError)
    assert.equal(error.faults.length, 2)
    assert.match(
      error.faults[0] ?? '',
      /^FFMPEG_PATH: Cannot run .*not found; install ffmpeg \(Debian: apt-get/,
    )
    assert.match(error.faults[1] ?? '', /^FFPROBE_PATH: \/bin\/false ended with 1; install ffmpeg/)
    return true
  })
})
