import type { ComponentChildren } from 'preact'
import type { Answer } from '../api/answer.ts'
import { api, dataOf } from '../api/client.ts'
import { Dialog } from '../look/dialog.tsx'
import { Loaded } from '../look/loaded.tsx'
import { Source } from '../look/source.tsx'
import { useResource } from '../look/use-resource.ts'
import { When } from '../look/when.tsx'
import { adminTexts } from './admin-texts.ts'
import type { Letter } from './dead-letter-columns.tsx'
import { size } from './format.ts'
import type { QueueName } from './queue-names.ts'

type Details = Answer<'getDeadLetter'>['letters'][number]

interface DeadLetterDialogProps {
  queue: QueueName
  letter: Letter
  onClose: () => void
}

/** All letters of one job: what it was given, and why it failed. */
export function DeadLetterDialog({ queue, letter: { id }, onClose }: DeadLetterDialogProps) {
  const params = { path: { queue, id } }
  const letters = useResource<Answer<'getDeadLetter'>>(() =>
    dataOf(api.GET('/admin/dead-letters/{queue}/{id}', { params })),
  )
  return (
    <Dialog title={id} onClose={onClose}>
      <Loaded from={letters}>
        {data =>
          data.letters.map((letter, index) => <LetterParts key={letter.stamp ?? index} letter={letter} />)
        }
      </Loaded>
    </Dialog>
  )
}

function LetterParts({ letter }: { letter: Details }) {
  const texts = adminTexts().deadLetters
  const { reason, at, status, ownerId, addedAt, startedAt, attemptsMade, starts, stalls, worker } = letter
  return (
    <>
      <p>{reason}</p>
      <dl class="facts">
        <Fact name={texts.at}>{at && <When at={at} />}</Fact>
        <Fact name={texts.status}>{status && texts.statuses[status]}</Fact>
        <Fact name={texts.owner}>{ownerId && <a href={`/admin/log?userId=${ownerId}`}>{ownerId}</a>}</Fact>
        <Fact name={texts.added}>{addedAt && <When at={addedAt} />}</Fact>
        <Fact name={texts.started}>{startedAt && <When at={startedAt} />}</Fact>
        <Fact name={texts.attempts}>{attemptsMade}</Fact>
        <Fact name={texts.starts}>{starts}</Fact>
        <Fact name={texts.stalls}>{stalls}</Fact>
        <Fact name={texts.worker}>{worker}</Fact>
        <Fact name={texts.size}>{letter.sizeBytes !== undefined && size(letter.sizeBytes)}</Fact>
      </dl>
      {letter.data !== undefined && (
        <>
          <h3>{texts.data}</h3>
          <Source text={JSON.stringify(letter.data, undefined, 2)} label={texts.data} />
        </>
      )}
      {letter.stacktraces.length > 0 && (
        <>
          <h3>{texts.stack}</h3>
          <Source text={letter.stacktraces.join('\n\n')} label={texts.stack} />
        </>
      )}
    </>
  )
}

/** A member of a list of facts; nothing if it is not known. */
function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (children === undefined || children === false || children === '') return null
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
