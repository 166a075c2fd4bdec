/** Where an instructor's classroom is to be found, or one table of it. */
export function teachPath(classroomId: string, tableId: string | null = null): string {
  const parts = tableId === null ? [classroomId] : [classroomId, tableId];
  return `/teach/${parts.map(encodeURIComponent).join('/')}`;
}
