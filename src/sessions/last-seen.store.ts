/** When people were there last. Every failure to reach the store is a `StoreUnavailableError`. */
export abstract class LastSeenStore {
  /**
   * The latest use of any session that is still remembered, live or ended, by the user's id; none for whom there is no session. For a page of
   * people at once: what it costs does not grow with their ended sessions, and of very many live ones only the newest may be looked at.
   */
  abstract list(userIds: readonly string[]): Promise<Map<string, Date>>;
}
