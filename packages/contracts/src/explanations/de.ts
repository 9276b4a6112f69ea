import type { ExplanationTexts } from './codes.ts'
import { lengthTexts } from './lengths.ts'

const { duration, part, megabytes, span } = lengthTexts({
  of: 'von',
  point: ',',
  units: [
    ['Tag', 'Tage'],
    ['Stunde', 'Stunden'],
    ['Minute', 'Minuten'],
    ['Sekunde', 'Sekunden'],
  ],
})

export const de: ExplanationTexts = {
  'file-empty': () => 'Die Datei ist leer.',
  'file-not-media': () =>
    'Das ist keine Video- oder Audiodatei einer unterstützten Art, wie MP4, MOV, MKV, WebM, AVI oder MP3.',
  'file-index-missing': () =>
    'Die Datei ist unvollständig: Ihr Verzeichnis („moov atom“ oder Pakettabelle) fehlt. Laden Sie die ganze Datei hoch.',
  'file-too-demanding': () =>
    'Die Datei kann nicht gelesen werden: Sie verlangt mehr Speicher oder Zeit, als eine Aufnahme braucht.',
  'no-audio-track': () => 'Die Datei hat keine Tonspur.',
  'audio-track-empty': () => 'Die Tonspur der Datei ist leer.',
  'track-missing': ({ track, tracks }) => `Die Datei hat keine Tonspur Nummer ${track}. Sie hat: ${tracks}.`,
  'language-missing': ({ language, tracks }) =>
    `Die Datei hat keine Tonspur in der Sprache „${language}“. Sie hat: ${tracks}.`,
  'channels-unknown': ({ channels }) =>
    `Der Ton kann nicht dekodiert werden: Er hat ${channels} Kanäle, und die Datei sagt nicht, welcher welcher ist.`,
  'decoder-missing': ({ codec }) =>
    `Der Ton kann nicht dekodiert werden: Es gibt keinen Decoder für „${codec}“.`,
  'codecs-unknown': ({ codecs }) => `Der Ton kann nicht dekodiert werden: Der Codec ${codecs} ist unbekannt.`,
  'sample-rate-absurd': ({ sampleRate }) =>
    `Der Ton kann nicht umgewandelt werden: Die Datei nennt eine Abtastrate von ${sampleRate} Hz, die keine Aufnahme hat.`,
  'not-decodable': () => 'Der Ton kann nicht dekodiert werden: Die Datei ist beschädigt oder verschlüsselt.',
  'read-in-part': ({ readSeconds, statedSeconds }) =>
    `Die Datei ist beschädigt: Nur ${part(readSeconds, statedSeconds)} konnten gelesen werden.`,
  'read-until': ({ readSeconds }) =>
    `Die Datei ist beschädigt: Sie konnte nach ${duration(readSeconds)} nicht weiter gelesen werden.`,
  'audio-too-long': ({ maxSeconds, seconds }) =>
    `Der Ton ist zu lang: Bis zu ${duration(maxSeconds)} werden umgewandelt, und er ist ${lengthBeyond(maxSeconds, seconds)}.`,
  'audio-too-large': ({ maxBytes, sizeBytes, format }) =>
    `Die Audiodatei wird zu groß: Höchstens ${megabytes(maxBytes)} werden erzeugt${sizeAs(sizeBytes, format)}. Wählen Sie ein anderes Format oder einen Ausschnitt.`,
  'part-empty': ({ startSeconds, endSeconds }) =>
    `Vom Ton bleibt nichts übrig${endSeconds === undefined ? '' : `, er endet bei ${duration(endSeconds)}`}: Der Ausschnitt beginnt bei ${duration(startSeconds)}.`,
  'video-deleted': () => 'Das Video wurde gelöscht.',
  'audio-deleted': () =>
    'Die Audiodatei zu diesem Video wurde gelöscht. Laden Sie das Video noch einmal hoch.',
  'canceled-by-owner': () => 'Abgebrochen, wie Sie es wollten.',
  'fault-of-ours': () =>
    'Die Umwandlung ist bei jedem Versuch gescheitert, und es liegt an uns. Laden Sie das Video später noch einmal hoch.',
  'fault-of-ours-lasted': ({ hours }) =>
    `Die Umwandlung ist gescheitert, und es liegt an uns: Der Fehler hat ${hours === 1 ? 'eine Stunde' : `${hours} Stunden`} lang angehalten. Versuchen Sie es später noch einmal.`,
  'attempt-failed': () =>
    'Der letzte Versuch ist gescheitert, und es liegt an uns. Er wird von selbst wiederholt.',
  'reason-of-ours': () => 'Es lag an uns.',
  'waits-for-us': () =>
    'Die Datei kann im Augenblick nicht umgewandelt werden, und es liegt an uns. Der Auftrag wartet und wird von selbst wiederholt.',
  'converter-stopped': () => 'Das Umwandeln ist abgebrochen, bevor es fertig war.',
  'cut-off': ({ gotSeconds }) =>
    `Die Datei ist nicht vollständig: Sie wurde abgeschnitten. Umgewandelt ist, was da ist: ${duration(gotSeconds)}.`,
  'ends-early': ({ gotSeconds, statedSeconds }) =>
    `Die Datei endet zu früh: ${part(gotSeconds, statedSeconds)} konnten gelesen werden.`,
  'damaged-in-part': ({ gotSeconds, statedSeconds }) =>
    `Die Datei ist beschädigt: ${part(gotSeconds, statedSeconds)} konnten gelesen werden.`,
  'damaged-for': ({ seconds }) =>
    `Die Datei ist beschädigt: Etwa ${duration(seconds)} des Tons konnten nicht gelesen werden.`,
  'damaged-somewhere': () => 'Die Datei ist beschädigt: Ein Teil des Tons könnte fehlen.',
  'clock-jumps': ({ seconds }) =>
    `Die Zeitstempel der Datei springen um ${duration(seconds)}. Der Sprung ist ausgelassen; der Ton davor und danach ist da.`,
  'track-changes': ({ atSeconds }) =>
    `Die Datei geht bei ${duration(atSeconds)} mit einer anderen Tonspur weiter, die nicht im Ergebnis ist.`,
  'recordings-missing': ({ recordings, read }) =>
    `Die Datei besteht aus ${recordings} Aufnahmen, von denen ${read} gelesen werden konnten.`,
  'tracks-skipped': ({ skipped, tracks, track }) =>
    `${skipped === 1 ? `Tonspur ${tracks} hat` : `Die Tonspuren ${tracks} haben`} keinen Ton, der dekodiert werden kann. Genommen wurde Tonspur ${track}.`,
  'audio-expired': ({ keptSeconds }) =>
    `Die Audiodatei wurde entfernt: Audiodateien werden ${span(keptSeconds)} lang aufbewahrt. Laden Sie die Datei noch einmal hoch.`,
  'audio-lost': () => 'Die Audiodatei ist verloren. Laden Sie die Datei noch einmal hoch.',
  'webhook-status': ({ status }) => `Die Gegenstelle hat ${status} geantwortet.`,
  'webhook-timeout': ({ seconds }) => `Es kam keine Antwort innerhalb von ${amount(seconds)} Sekunden.`,
  'webhook-address-refused': () =>
    'Die Adresse führt in ein privates Netz, zu diesem Rechner selbst oder zu HTTP ohne TLS.',
  'webhook-name-unknown': () => 'Der Name in der Adresse führt nirgendwohin.',
  'webhook-lookup-failed': () => 'Der Name in der Adresse konnte nicht nachgeschlagen werden.',
  'webhook-connection-refused': () => 'Die Verbindung wurde abgelehnt.',
  'webhook-connection-lost': () => 'Die Verbindung ist abgebrochen, bevor eine Antwort da war.',
  'webhook-connection-failed': ({ code }) => `Die Verbindung ist fehlgeschlagen${inBrackets(code)}.`,
  'webhook-tls-invalid': ({ code }) =>
    `Das Zertifikat oder TLS der Gegenstelle ist nicht in Ordnung (${code}).`,
  'webhook-answer-invalid': ({ code }) => `Die Antwort der Gegenstelle ist kein HTTP (${code}).`,
  'webhook-headers-too-large': () => 'Die Antwort der Gegenstelle hat zu viele Kopfzeilen.',
  'webhook-redirects-too-often': ({ redirects }) =>
    `Die Gegenstelle leitet mehr als ${redirects} Mal weiter.`,
  'webhook-redirect-invalid': () => 'Die Gegenstelle leitet weiter, aber nicht zu einer Adresse mit HTTPS.',
  'webhook-disabled': () => 'Der Webhook wurde ausgeschaltet.',
  'account-locked': () => 'Das Konto wurde gesperrt.',
}

/** Rounded, both may read the same. */
function lengthBeyond(maxSeconds: number, seconds: number | undefined): string {
  const isTold = seconds !== undefined && duration(seconds) !== duration(maxSeconds)
  return isTold ? duration(seconds) : 'länger'
}

function sizeAs(sizeBytes: number | undefined, format: string | undefined): string {
  if (sizeBytes === undefined || format === undefined) return ''
  return `, und als ${format} hätte sie etwa ${megabytes(sizeBytes)}`
}

function inBrackets(code: string | undefined): string {
  return code === undefined ? '' : ` (${code})`
}

function amount(value: number): string {
  return String(value).replace('.', ',')
}
