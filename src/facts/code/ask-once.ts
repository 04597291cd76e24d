/** Texts whose answers are kept, and how long one may be: identifiers and short calls come again and again, nothing else does. */
const MAX_KEPT = 8_000
const MAX_LENGTH = 120

/** A question about a text that is asked of the same text many times: the answer is kept. It must depend on nothing else. */
export function askOnce<Answer>(question: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, Answer>()
  return (text) => {
    if (text.length > MAX_LENGTH) return question(text)
    const known = answers.get(text)
    if (known !== undefined) return known
    const answer = question(text)
    if (answers.size >= MAX_KEPT) answers.clear()
    answers.set(text, answer)
    return answer
  }
}
