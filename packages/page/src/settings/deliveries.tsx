import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Answer } from '../api/answer.ts'
import { Button } from '../look/button.tsx'
import { SelectField } from '../look/field.tsx'
import { Loaded } from '../look/loaded.tsx'
import { Pager } from '../look/pager.tsx'
import { type Column, Records } from '../look/records.tsx'
import { usePages } from '../look/use-pages.ts'
import { useRefresh } from '../look/use-refresh.ts'
import { When } from '../look/when.tsx'
import { type DeliveryFilter, deliveriesPath } from './deliveries-path.ts'
import { DeliveryDialog } from './delivery-dialog.tsx'
import { type Delivery, DeliveryState, describeFailure } from './delivery-state.tsx'
import { webhookTexts } from './webhook-texts.ts'

/** How often is looked whether a delivery that is on its way has arrived, in milliseconds. */
const lookEveryMs = 4_000

interface DeliveriesProps {
  webhookId: string
  /** Whether deliveries can be replayed. */
  isEnabled: boolean
  /** Changes when something was sent. */
  sent: number
}

/** What was sent to a webhook, newest first. */
export function Deliveries({ webhookId, isEnabled, sent }: DeliveriesProps) {
  const texts = webhookTexts().deliveries
  const filter = useSignal<DeliveryFilter>({ state: '', type: '' })
  const opened = useSignal<Delivery | undefined>(undefined)
  const pages = usePages<Answer<'listDeliveries'>, Delivery>(
    deliveriesPath(webhookId, filter.value),
    ({ deliveries }) => deliveries,
  )
  useEffect(() => {
    if (sent > 0) void pages.reload()
  }, [sent])
  const isPending = pages.data?.some(({ state }) => state === 'pending') ?? false
  useRefresh(async () => {
    // A reload shows the first page alone: whoever reads older ones keeps them.
    if (isPending && (pages.data?.length ?? 0) <= 25) await pages.reload()
  }, lookEveryMs)
  const isFiltered = filter.value.state !== '' || filter.value.type !== ''
  return (
    <section>
      <h2 class="section-head">{texts.title}</h2>
      <p class="lead">{texts.intro}</p>
      <Filters
        filter={filter.value}
        onChange={next => {
          filter.value = next
        }}
      />
      <Loaded from={pages}>
        {deliveries =>
          deliveries.length === 0 ? (
            <p class="soft">{isFiltered ? texts.emptyFiltered : texts.empty}</p>
          ) : (
            <Records
              caption={texts.title}
              columns={columnsOf(delivery => {
                opened.value = delivery
              })}
              rows={deliveries}
              keyOf={({ id }) => id}
            />
          )
        }
      </Loaded>
      <Pager hasMore={pages.hasMore} isBusy={pages.isLoadingMore} onMore={() => void pages.loadMore()} />
      {opened.value && (
        <DeliveryDialog
          webhookId={webhookId}
          delivery={opened.value}
          isEnabled={isEnabled}
          onReplay={() => void pages.reload()}
          onClose={() => {
            opened.value = undefined
          }}
        />
      )}
    </section>
  )
}

interface FiltersProps {
  filter: DeliveryFilter
  onChange: (filter: DeliveryFilter) => void
}

function Filters({ filter, onChange }: FiltersProps) {
  const { deliveries: texts, webhooks } = webhookTexts()
  const any = { value: '', text: texts.any } as const
  const states = (['pending', 'delivered', 'failed'] as const).map(value => ({
    value,
    text: texts.states[value],
  }))
  const types = (['job.completed', 'job.failed', 'job.canceled', 'webhook.test'] as const).map(value => ({
    value,
    text: webhooks.eventNames[value],
  }))
  return (
    <div class="filters">
      <SelectField
        label={texts.state}
        value={filter.state}
        options={[any, ...states]}
        onChange={state => onChange({ ...filter, state })}
      />
      <SelectField
        label={texts.type}
        value={filter.type}
        options={[any, ...types]}
        onChange={type => onChange({ ...filter, type })}
      />
    </div>
  )
}

function columnsOf(onOpen: (delivery: Delivery) => void): Column<Delivery>[] {
  const { deliveries: texts, webhooks } = webhookTexts()
  return [
    {
      name: texts.type,
      cell: ({ type, createdAt }) => (
        <>
          {webhooks.eventNames[type]}
          <span class="record-note">
            <When at={createdAt} />
          </span>
        </>
      ),
    },
    { name: texts.state, cell: delivery => <DeliveryState of={delivery} /> },
    { name: texts.history, isNumber: true, cell: ({ attempts }) => attempts },
    {
      name: texts.answer,
      cell: ({ lastStatus, lastError, explanation }) =>
        lastStatus ?? describeFailure(lastError, explanation) ?? texts.noAnswer,
    },
    {
      name: texts.inspect,
      isHidden: true,
      cell: delivery => (
        <div class="row">
          <Button isSmall onClick={() => onOpen(delivery)}>
            {texts.inspect}
            <span class="visually-hidden">: {webhooks.eventNames[delivery.type]}</span>
          </Button>
        </div>
      ),
    },
  ]
}
