import { redirect } from 'next/navigation';

interface PageProps {
  params: Promise<{ issueId: string; eventId: string }>;
}

/** The address of one event, to share: its issue with the event shown. */
export default async function EventPage({ params }: PageProps) {
  const { issueId, eventId } = await params;
  redirect(
    `/issues/${issueId}?event=${encodeURIComponent(decodeURIComponent(eventId).replaceAll('-', '').toLowerCase())}`,
  );
}
