package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// heartbeat keeps a stream alive that has nothing to tell.
const heartbeat = 25 * time.Second

// events streams what was changed, and what people are to be reminded of (server-sent events, WHATWG HTML section 9.2).
func (d *door) events(w http.ResponseWriter, r *http.Request) {
	stream := http.NewResponseController(w)
	events := d.app.Records.Feed.Subscribe(r.Context())
	reminders := d.app.Activities.Reminders(r.Context())
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	if _, err := fmt.Fprint(w, ": open\n\n"); err != nil || stream.Flush() != nil {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var err error
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			_, err = fmt.Fprint(w, ": still here\n\n")
		case e := <-events:
			err = send(w, "changed", e)
		case e := <-reminders:
			err = send(w, "reminder", e)
		}
		if err != nil || stream.Flush() != nil {
			return
		}
	}
}

func send(w http.ResponseWriter, name string, event any) error {
	data, err := json.Marshal(event)
	if err == nil {
		_, err = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", name, data)
	}
	return err
}
