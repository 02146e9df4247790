//! Columns of vertices: the nodes, and a stand-in wherever a link passes a column, so that every
//! link joins neighbouring columns.

/// Columns and the links between neighbouring ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    /// The vertices of each column from top to bottom. The first ones by number are the nodes.
    pub(super) columns: Vec<Vec<usize>>,
    /// The neighbours of each vertex in the column before it.
    pub(super) before: Vec<Vec<usize>>,
    /// And in the column after it.
    pub(super) after: Vec<Vec<usize>>,
    /// Where each vertex stands in its column.
    pub(super) index: Vec<usize>,
    /// How many of the vertices are nodes.
    pub(super) nodes: usize,
}

impl Layers {
    /// The columns of nodes of these ranks; every link goes to a higher rank.
    pub(super) fn new(ranks: &[usize], edges: &[(usize, usize)]) -> Self {
        let count = ranks.len();
        let stand_ins: usize = edges.iter().map(|(from, to)| ranks[*to] - ranks[*from] - 1).sum();
        let mut layers = Self {
            columns: vec![Vec::new(); ranks.iter().max().map_or(0, |last| last + 1)],
            before: vec![Vec::new(); count + stand_ins],
            after: vec![Vec::new(); count + stand_ins],
            index: vec![0; count + stand_ins],
            nodes: count,
        };
        for (node, rank) in ranks.iter().enumerate() {
            layers.columns[*rank].push(node);
        }
        let mut next = count;
        for (from, to) in edges {
            let mut last = *from;
            for rank in ranks[*from] + 1..ranks[*to] {
                layers.columns[rank].push(next);
                layers.join(last, next);
                (last, next) = (next, next + 1);
            }
            layers.join(last, *to);
        }
        (0..layers.columns.len()).for_each(|column| layers.note_places(column));
        layers
    }

    fn join(&mut self, left: usize, right: usize) {
        self.after[left].push(right);
        self.before[right].push(left);
    }

    pub(super) fn is_stand_in(&self, vertex: usize) -> bool {
        vertex >= self.nodes
    }

    pub(super) fn vertices(&self) -> usize {
        self.before.len()
    }

    pub(super) fn note_places(&mut self, column: usize) {
        for (index, vertex) in self.columns[column].iter().enumerate() {
            self.index[*vertex] = index;
        }
    }

    /// Takes over the order of the columns.
    pub(super) fn take_order(&mut self, columns: Vec<Vec<usize>>) {
        self.columns = columns;
        (0..self.columns.len()).for_each(|column| self.note_places(column));
    }

    /// Crossings between neighbouring columns.
    pub(super) fn crossings(&self) -> usize {
        self.columns.iter().map(|column| self.crossings_after(column)).sum()
    }

    /// Counted with a tree of sums: for each link how many earlier ones end below it.
    fn crossings_after(&self, column: &[usize]) -> usize {
        let mut ends = Vec::new();
        for vertex in column {
            let first = ends.len();
            ends.extend(self.after[*vertex].iter().map(|neighbour| self.index[*neighbour]));
            ends[first..].sort_unstable();
        }
        let size = ends.iter().max().map_or(0, |most| most + 1);
        let mut tree = vec![0_usize; size + 1];
        let mut crossings = 0;
        for (seen, end) in ends.iter().enumerate() {
            let (mut at_most, mut place) = (0, end + 1);
            while place > 0 {
                at_most += tree[place];
                place &= place - 1;
            }
            crossings += seen - at_most;
            place = end + 1;
            while place <= size {
                tree[place] += 1;
                place += place & place.wrapping_neg();
            }
        }
        crossings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_counted() {
        assert_eq!(Layers::new(&[0, 0, 1, 1], &[(0, 3), (1, 2)]).crossings(), 1);
        assert_eq!(Layers::new(&[0, 0, 1, 1], &[(0, 2), (1, 3)]).crossings(), 0);
    }

    #[test]
    fn a_link_that_passes_a_column_has_a_stand_in_there() {
        let layers = Layers::new(&[0, 1, 2], &[(0, 1), (1, 2), (0, 2)]);
        assert_eq!(layers.columns, [vec![0], vec![1, 3], vec![2]]);
        assert_eq!((layers.before[3].clone(), layers.after[3].clone()), (vec![0], vec![2]));
    }
}
