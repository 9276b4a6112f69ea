import type { Answer } from '../api/answer.ts'
import { Button } from '../look/button.tsx'
import type { Column } from '../look/records.tsx'
import { When } from '../look/when.tsx'
import { adminTexts } from './admin-texts.ts'

export type Letter = Answer<'listDeadLetters'>['letters'][number]

/** Columns of the list of dead letters.
 *  @param onAsk - called for what is to be done with one */
export function deadLetterColumns(
  onAsk: (what: 'inspect' | 'replay' | 'remove', letter: Letter) => void,
): Column<Letter>[] {
  const texts = adminTexts().deadLetters
  return [
    {
      name: texts.job,
      cell: ({ id, kind, copies }) => (
        <>
          <code>{id}</code> {kind === 'malformed' && <span class="tag warning">{texts.malformed}</span>}
          {copies > 1 && <span class="record-note">{texts.copies(copies)}</span>}
        </>
      ),
    },
    { name: texts.reason, cell: ({ reason }) => reason },
    { name: texts.at, cell: ({ at }) => at && <When at={at} /> },
    { name: texts.status, cell: ({ status }) => status && texts.statuses[status] },
    {
      name: texts.inspect,
      isHidden: true,
      cell: letter => (
        <div class="row">
          <Button isSmall onClick={() => onAsk('inspect', letter)}>
            {texts.inspect}
            <span class="visually-hidden">: {letter.id}</span>
          </Button>
          {letter.kind === 'job' && (
            <Button isSmall onClick={() => onAsk('replay', letter)}>
              {texts.replay}
              <span class="visually-hidden">: {letter.id}</span>
            </Button>
          )}
          <Button kind="danger" isSmall onClick={() => onAsk('remove', letter)}>
            {texts.remove}
            <span class="visually-hidden">: {letter.id}</span>
          </Button>
        </div>
      ),
    },
  ]
}
