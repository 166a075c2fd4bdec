export type Phase = 'prepared' | 'running' | 'paused' | 'ended';
