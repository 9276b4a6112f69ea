import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { Button } from '../look/button.tsx'
import { SelectField, TextField } from '../look/field.tsx'
import { type Filter, type FilterState, filterAddress, filterStates, maxSearchLength } from './filter.ts'
import { historyTexts } from './history-texts.ts'

/** Search and state. They stand in the address, so that going back shows what was shown. */
export function FilterForm({ filter }: { filter: Filter }) {
  const texts = historyTexts()
  const { route } = useLocation()
  const [search, setSearch] = useState(filter.search)
  return (
    <search>
      <form
        class="filter"
        onSubmit={event => {
          event.preventDefault()
          route(filterAddress({ ...filter, search: search.trim() }))
        }}
      >
        <TextField
          type="search"
          label={texts.search.label}
          placeholder={texts.search.placeholder}
          maxLength={maxSearchLength}
          value={search}
          onInput={setSearch}
        />
        <SelectField<FilterState | ''>
          label={texts.search.state}
          value={filter.state ?? ''}
          options={[
            { value: '', text: texts.search.anyState },
            ...filterStates.map(state => ({ value: state, text: texts.states[state] })),
          ]}
          onChange={state => route(filterAddress({ search: search.trim(), state: state || undefined }))}
        />
        <Button type="submit" glyph="search">
          {texts.search.submit}
        </Button>
      </form>
    </search>
  )
}
