const WORDS: Record<string, string> = {
  CredentialsSignin: 'That e-mail and password do not belong together. Check both and try again.',
  TooManyAttempts: 'Too many attempts for this address. Wait five minutes, then try again.',
  NotInvited: 'This account is not a member here. Ask an admin for an invitation, then sign in again.',
  AccessDenied: 'This account is not a member here, or it has been disabled. Ask an admin.',
  OAuthCallback: 'The sign-in was not finished at the provider. Try again.',
  OAuthSignin: 'The provider could not be reached. Try again, or use a password.',
  SessionRequired: 'Sign in to go on.',
  unreachable: 'Errata cannot be reached. Check the connection and try again.',
};

/** A next-auth error code, in words: what happened and what to do. */
export const signInError = (code: string): string =>
  WORDS[code] ?? 'Signing in did not work. Try again; if it stays so, ask your operator.';
