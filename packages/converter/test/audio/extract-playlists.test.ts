import assert from 'node:assert/strict'
import { access, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { ConverterError } from '../../src/converter-error.ts'
import { extract } from '../support/extract.ts'
import { openMediaFolder } from '../support/media-folder.ts'
import { startRequestCounter } from '../support/request-counter.ts'

const media = await openMediaFolder(wholeFile)
const transportStream = await readFile(await media.get('good.ts'))
const secretFile = await media.write('secret.ts', transportStream)
const server = await startRequestCounter(wholeFile, transportStream)

const hls = (address: string) =>
  `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${address}\n#EXT-X-ENDLIST\n`
const masterHls = (address: string) => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\n${address}\n`
const dash = (address: string) =>
  `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT10S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">
<Period><AdaptationSet mimeType="audio/mp4"><Representation id="1" bandwidth="100000"><BaseURL>${address}</BaseURL>
<SegmentList duration="10"><SegmentURL media="${address}"/></SegmentList></Representation></AdaptationSet></Period></MPD>`
const concat = (address: string) => `ffconcat version 1.0\nfile '${address}'\n`
const sdp = (address: string) =>
  `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio ${new URL(address).port || 5004} RTP/AVP 0\n`

const kinds = { hls, masterHls, dash, concat, sdp }
const addresses = {
  'a file': `file://${secretFile}`,
  'a path': secretFile,
  'an address': `${server.url}/a.ts`,
}

for (const [kind, makePlaylist] of Object.entries(kinds))
  for (const [target, address] of Object.entries(addresses))
    test(`refuses a playlist (${kind}) of ${target}, named like a video`, async () => {
      if (kind === 'sdp' && target !== 'an address') return
      const before = server.connections()
      const input = await media.write('song.mp4', makePlaylist(address))
      const output = media.newPath()
      await assert.rejects(extract({ ...media, newPath: () => output }, input), (error: unknown) => {
        // Because of the file's name ffmpeg 7 takes it for an MP4 without an index.
        assert.ok(error instanceof ConverterError && error.isPermanent)
        return /^ERR_FILE_(NOT_MEDIA|DAMAGED)$/.test(error.code)
      })
      assert.equal(server.connections(), before)
      await assert.rejects(access(output))
    })

test('would notice: with fewer options ffmpeg follows such playlists', async () => {
  const before = server.connections()
  const toServer = await media.write('song.m3u8', hls(addresses['an address']))
  await ffmpeg('-protocol_whitelist', 'file,http,tcp', '-i', toServer, '-f', 'mp3', media.newPath())
  assert.ok(server.connections() > before)
  const toFile = await media.write('song.m3u8', hls(addresses['a file']))
  await ffmpeg('-protocol_whitelist', 'file', '-i', toFile, '-f', 'mp3', media.newPath())
})
