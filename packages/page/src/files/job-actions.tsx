import { useRef, useState } from 'preact/hooks'
import { announce } from '../app/announce.tsx'
import { isEnded, type Job } from '../jobs/job.ts'
import { audioAddress, cancelJob, createLink, deleteJob, retryJob } from '../jobs/job-actions.ts'
import { Button } from '../look/button.tsx'
import { ConfirmDialog } from '../look/confirm-dialog.tsx'
import { Dialog } from '../look/dialog.tsx'
import { TextField } from '../look/field.tsx'
import { focusHeading } from '../look/focus-heading.ts'
import { Glyph } from '../look/glyph.tsx'
import { copyText } from './copy-text.ts'
import { fileTexts } from './file-texts.ts'
import { playing } from './player.tsx'
import { wordError } from './word-error.ts'

/** What can be done with a job. */
export function JobActions({ job }: { job: Job }) {
  const texts = fileTexts().actions
  const { id, state, fileName, sourceRemovedAt } = job
  const [busy, setBusy] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const [isDeleting, setDeleting] = useState(false)
  const actions = useRef<HTMLDivElement>(null)
  const run = async (name: string, action: () => Promise<void>) => {
    setBusy(name)
    setFailure(undefined)
    await action().catch(setFailure)
    setBusy(undefined)
  }
  const label = (action: string) => (
    <>
      {action}
      <span class="visually-hidden">: {fileName}</span>
    </>
  )
  return (
    <div ref={actions} class="file-actions">
      {state === 'completed' && (
        <>
          <ListenButton job={job} />
          <a class="button small" href={audioAddress(id)} download={job.result?.fileName ?? ''}>
            <Glyph name="download" />
            {label(texts.download)}
          </a>
          <LinkButton job={job} onFailure={setFailure} />
        </>
      )}
      {!isEnded(state) && (
        <Button
          isSmall
          glyph="cancel"
          isBusy={busy === 'cancel'}
          onClick={() => run('cancel', () => cancelJob(id))}
        >
          {label(texts.cancel)}
        </Button>
      )}
      {(state === 'failed' || state === 'canceled') && !sourceRemovedAt && (
        <Button
          isSmall
          glyph="retry"
          isBusy={busy === 'retry'}
          onClick={() => run('retry', () => retryJob(id))}
        >
          {label(texts.retry)}
        </Button>
      )}
      {isEnded(state) && (
        <Button kind="quiet" isSmall isIcon glyph="delete" onClick={() => setDeleting(true)}>
          {texts.of(texts.delete, fileName)}
        </Button>
      )}
      {failure !== undefined && (
        <p class="field-error" role="alert">
          {wordError(failure)}
        </p>
      )}
      {isDeleting && (
        <DeleteDialog
          job={job}
          row={actions.current?.closest('li')}
          onClose={() => setDeleting(false)}
          onFailure={setFailure}
        />
      )}
    </div>
  )
}

function ListenButton({ job: { id, fileName } }: { job: Job }) {
  const texts = fileTexts().actions
  const isPlaying = playing.value === id
  return (
    <Button
      isSmall
      glyph={isPlaying ? 'cancel' : 'play'}
      onClick={() => {
        playing.value = isPlaying ? undefined : id
      }}
    >
      {isPlaying ? texts.stopListening : texts.listen}
      <span class="visually-hidden">: {fileName}</span>
    </Button>
  )
}

interface LinkButtonProps {
  job: Job
  onFailure: (error: unknown) => void
}

/** Copies a link to the audio. Where the page may not write to the clipboard, it shows the link. */
function LinkButton({ job: { id, fileName }, onFailure }: LinkButtonProps) {
  const texts = fileTexts().actions
  const [shown, setShown] = useState<string>()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    onFailure(undefined)
    const link = createLink(id)
    try {
      if (await copyText(link)) {
        setCopied(true)
        announce(texts.linkCopied)
      } else setShown(await link)
    } catch (error) {
      onFailure(error)
    }
  }
  return (
    <>
      <Button isSmall glyph={isCopied ? 'done' : 'link'} onClick={copy}>
        {texts.copyLink}
        <span class="visually-hidden">: {fileName}</span>
      </Button>
      {isCopied && <p class="file-note">{texts.linkCopied}</p>}
      {shown && (
        <Dialog title={texts.linkTitle} onClose={() => setShown(undefined)}>
          <p>{texts.linkText}</p>
          <TextField label={texts.linkLabel} value={shown} readOnly onInput={() => {}} />
        </Dialog>
      )}
    </>
  )
}

interface DeleteDialogProps extends LinkButtonProps {
  row: HTMLLIElement | null | undefined
  onClose: () => void
}

function DeleteDialog({ job: { id, fileName }, row, onClose, onFailure }: DeleteDialogProps) {
  const texts = fileTexts().deleting
  const confirm = async () => {
    // The list may be long: the focus goes to the next row, and nothing scrolls.
    const neighbor = row?.nextElementSibling ?? row?.previousElementSibling
    try {
      await deleteJob(id)
      announce(texts.done(fileName))
      const next = neighbor?.querySelector<HTMLElement>('button, a')
      if (next) next.focus({ preventScroll: true })
      else focusHeading()
    } catch (error) {
      onFailure(error)
    } finally {
      onClose()
    }
  }
  return (
    <ConfirmDialog title={texts.title} action={texts.confirm} onConfirm={confirm} onClose={onClose}>
      <p>{texts.text(fileName)}</p>
    </ConfirmDialog>
  )
}
