package timeline

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// Person is somebody by whom a timeline can be filtered.
type Person struct {
	ID    record.ID `json:"id" db:"id"`
	Kind  string    `json:"kind" db:"kind" doc:"user, or the kind of the record whose timeline has entries of this one as well"`
	Title string    `json:"title" db:"title"`
	Count int       `json:"count" db:"count" doc:"how many entries are theirs"`
}

// maxPeople bounds each of the two groups.
const maxPeople = 50

// People gives who wrote or changed what stands on a timeline, and of whom it is:
// on a company's, the people in it. Those with the most entries come first.
func (t *Timeline) People(ctx context.Context, q storage.Queryer, subject record.ID) ([]Person, error) {
	people := []Person{}
	err := sqlx.SelectContext(ctx, q, &people, fmt.Sprintf(`SELECT u.id, 'user' AS kind, u.name AS title, n.count FROM access_user u JOIN (
			SELECT actor, count(*) AS count FROM (
				SELECT DISTINCT h.actor, e.ref_id FROM timeline_entry e JOIN history_change h ON h.record_id = e.ref_id WHERE e.subject_id = $1%s
				UNION ALL SELECT actor, id FROM history_change WHERE record_id = $1) AS written GROUP BY actor) AS n ON n.actor = u.id
		ORDER BY n.count DESC, u.name, u.id LIMIT %d`, fromInside(t.r), maxPeople), int64(subject))
	if err != nil {
		return nil, fmt.Errorf("people of a timeline: %w", err)
	}
	var others []Person
	err = sqlx.SelectContext(ctx, q, &others, fmt.Sprintf(`SELECT d.record_id AS id, d.kind, d.title, n.count FROM search_doc d JOIN (
			SELECT p.subject_id, count(*) AS count FROM timeline_entry e JOIN timeline_entry p ON p.ref_id = e.ref_id
			WHERE e.subject_id = $1 AND p.subject_id <> $1 GROUP BY p.subject_id) AS n ON n.subject_id = d.record_id
		ORDER BY n.count DESC, d.title, d.record_id LIMIT %d`, maxPeople), int64(subject))
	if err != nil {
		return nil, fmt.Errorf("people of a timeline: %w", err)
	}
	return append(people, others...), nil
}
