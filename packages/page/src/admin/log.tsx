import { View } from '../app/view.tsx'

export function Log() {
  return <View title="Log">{null}</View>
}
