package mailsync

// Report says what a run did.
type Report struct {
	Folders []FolderReport
}

// FolderReport counts one folder's run. How stored mails divide into linked,
// waiting and unlinked, and what was stored by earlier runs, the Sink knows.
type FolderReport struct {
	Name      string
	Role      Role
	Err       error // what ended this folder's run; counts hold what was stored before
	Unchanged bool  // the figures said so and nothing was compared

	Server      int // mails in the folder
	Examined    int // UIDs handed to the Sink in this run
	Stored      int // of these: kept, whether header, text or link only
	Bodies      int // of the stored: with text
	Skipped     int
	Reasons     map[string]int // of the skipped
	Quarantined int
	Failed      int // tried again next time
	Gone        int // known UIDs that the server no longer lists
}

// add counts a stored batch: Examined = Stored + Skipped + Quarantined + Failed.
func (f *FolderReport) add(batch Batch) {
	f.Examined += len(batch.Examined)
	for _, e := range batch.Examined {
		switch e.Outcome {
		case OutcomeHeader, OutcomeKnown:
			f.Stored++
		case OutcomeBody:
			f.Stored++
			f.Bodies++
		case OutcomeSkipped:
			f.Skipped++
			if f.Reasons == nil {
				f.Reasons = map[string]int{}
			}
			f.Reasons[e.Reason]++
		case OutcomeQuarantined:
			f.Quarantined++
		case OutcomeFailed:
			f.Failed++
		}
	}
}
