/** `/orders/42` calls `/orders/:id`. */
export function isRoute(text: string, route: string): boolean {
  const asked = text.split(/[?#]/)[0]?.split('/') ?? []
  const parts = route.split('/')
  return (
    asked.length === parts.length &&
    parts.every((part, index) => part === asked[index] || /^[:{[]/.test(part) || part.startsWith('$'))
  )
}
