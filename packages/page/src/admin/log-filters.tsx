import { useLocation } from 'preact-iso/router'
import { auditTexts } from '../look/audit-texts.ts'
import { Form } from '../look/form.tsx'
import { FormField, FormSelect } from '../look/form-fields.tsx'
import { useForm } from '../look/use-form.ts'
import { adminTexts } from './admin-texts.ts'
import { filterOf, type LogFilter, viewPath } from './log-filter.ts'

/** The filters of the audit log. They hold when the form is sent. */
export function LogFilters({ filter }: { filter: LogFilter }) {
  const texts = adminTexts().log
  const { route } = useLocation()
  const form = useForm(async values => {
    const entries = [...values].map(([name, value]) => [name, String(value)])
    route(viewPath(filterOf(Object.fromEntries(entries))))
  })
  const actions = Object.entries(auditTexts().actions).map(([value, text]) => ({ value, text }))
  actions.sort((a, b) => a.text.localeCompare(b.text))
  const isFiltered = Object.keys(filter).length > 0
  return (
    <details class="folded form-end" open={isFiltered}>
      <summary>{texts.filters}</summary>
      <Form
        form={form}
        label={texts.filters}
        submit={texts.apply}
        actions={isFiltered && <a href="/admin/log">{texts.clear}</a>}
      >
        <div class="filters">
          <FormSelect
            name="action"
            label={texts.action}
            initial={filter.action ?? ''}
            options={[{ value: '', text: texts.any }, ...actions]}
          />
          <FormField
            name="clientAddress"
            label={texts.clientAddress}
            defaultValue={filter.clientAddress}
            autocomplete="off"
          />
          <FormField name="userId" label={texts.userId} defaultValue={filter.userId} autocomplete="off" />
          <FormField name="actorId" label={texts.actorId} defaultValue={filter.actorId} autocomplete="off" />
          <FormField name="from" label={texts.from} type="datetime-local" defaultValue={filter.from} />
          <FormField name="to" label={texts.to} type="datetime-local" defaultValue={filter.to} />
        </div>
      </Form>
    </details>
  )
}
